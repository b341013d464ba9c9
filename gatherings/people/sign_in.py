"""Signing in: our own row for each browser, random, hashed at rest, new at every sign-in."""

from datetime import UTC, datetime, timedelta

from gatherings.people.roles import Viewer, viewer_of_account
from gatherings.people.tables import Account, PasswordLink, SignIn
from web.crypto import hash_of, new_key
from web.problems import NotFound

SIGN_IN_LASTS = timedelta(hours=14)
PASSWORD_LINK_LASTS = timedelta(hours=24)


def tidy_email(email: str) -> str:
    """The form in which an e-mail address is kept and compared."""
    return email.strip().lower()


async def open_account(email: str, name: str, *, starts_series: bool = False) -> int:
    """Make an account, or find the one with this e-mail. Returns its id."""
    kept = tidy_email(email)
    account = await Account.objects().get(Account.email == kept)
    if account is None:
        account = Account(email=kept, name=name, starts_series=starts_series)
        await account.save()
    elif starts_series and not account.starts_series:
        await Account.update({Account.starts_series: True}).where(Account.id == account.id)
    return account.id


async def make_password_link(account_id: int) -> str:
    """A key for /sign-in/password/<key> that sets a password once, within a day."""
    key, now = new_key(), datetime.now(UTC)
    await PasswordLink(
        key_hash=hash_of(key), account=account_id, expires_at=now + PASSWORD_LINK_LASTS
    ).save()
    return key


async def account_of_link(key: str) -> Account | None:
    """Whose password this link sets; None when it is used, old or unknown."""
    link = await PasswordLink.objects().get(
        (PasswordLink.key_hash == hash_of(key))
        & PasswordLink.used_at.is_null()
        & (PasswordLink.expires_at > datetime.now(UTC))
    )
    return None if link is None else await Account.objects().get(Account.id == link.account)


async def set_password(key: str, name: str, password_hash: str) -> str:
    """Use the link: keep the password, end every other sign-in, and sign in. Returns the key."""
    now = datetime.now(UTC)
    used = (
        await PasswordLink.update({PasswordLink.used_at: now})
        .where(
            (PasswordLink.key_hash == hash_of(key))
            & PasswordLink.used_at.is_null()
            & (PasswordLink.expires_at > now)
        )
        .returning(PasswordLink.account)
    )
    if not used:
        raise NotFound("This link has been used, or it is too old. Ask for a new one.")
    account_id: int = used[0]["account"]
    await Account.update({Account.password_hash: password_hash, Account.name: name}).where(
        Account.id == account_id
    )
    await end_every_sign_in(account_id)
    return await begin_sign_in(account_id)


async def begin_sign_in(account_id: int, former_key: str = "") -> str:
    """A new sign-in; the one that the browser brought along ends. Returns the cookie's key."""
    await end_sign_in(former_key)
    key = new_key()
    await SignIn(
        key_hash=hash_of(key),
        account=account_id,
        expires_at=datetime.now(UTC) + SIGN_IN_LASTS,
    ).save()
    return key


async def end_sign_in(key: str) -> None:
    """Sign this browser out."""
    await SignIn.update({SignIn.ended_at: datetime.now(UTC)}).where(
        (SignIn.key_hash == hash_of(key)) & SignIn.ended_at.is_null()
    )


async def end_every_sign_in(account_id: int) -> None:
    """Sign an account out everywhere."""
    await SignIn.update({SignIn.ended_at: datetime.now(UTC)}).where(
        (SignIn.account == account_id) & SignIn.ended_at.is_null()
    )


async def viewer_by_key(key: str) -> Viewer | None:
    """Who is signed in with this cookie, if anybody."""
    row = await SignIn.objects().get(
        (SignIn.key_hash == hash_of(key))
        & SignIn.ended_at.is_null()
        & (SignIn.expires_at > datetime.now(UTC))
    )
    return None if row is None else await viewer_of_account(row.account)


async def account_by_email(email: str) -> Account | None:
    """The open account with this e-mail."""
    return await Account.objects().get(
        (Account.email == tidy_email(email)) & Account.closed_at.is_null()
    )
