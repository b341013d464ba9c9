"""Accounts, roles and sign-ins. Attendees have no account: only the people who run gatherings."""

from piccolo.columns import Boolean, Serial, Varchar
from piccolo.constraints import Unique
from piccolo.table import Table

from gatherings.planning.tables import Series
from web.columns import moment, one_of, reference

ROLES = ("organiser", "access_lead", "facilitator", "note_keeper", "door")


class Account(Table, tablename="account"):
    """Somebody who helps to run gatherings. The e-mail address is kept in lower case."""

    id: Serial
    email = Varchar(length=254, unique=True)
    name = Varchar(length=120)
    password_hash = Varchar(length=255)
    starts_series = Boolean(default=False)
    created_at = moment()
    closed_at = moment(null=True)


class Role(Table, tablename="role"):
    """What an account may do in one series."""

    id: Serial
    account = reference(Account)
    series = reference(Series)
    role = Varchar(length=20)
    granted_at = moment()

    role_known = one_of("role", ROLES)
    role_once = Unique(["account", "series", "role"])


class SignIn(Table, tablename="sign_in"):
    """One browser signed in. Only the SHA-256 of its key is kept; a new key at every sign-in."""

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    account = reference(Account)
    created_at = moment()
    expires_at = moment()
    ended_at = moment(null=True)


class PasswordLink(Table, tablename="password_link"):
    """A link that sets a password once. Only the SHA-256 of its key is kept."""

    id: Serial
    key_hash = Varchar(length=64, unique=True)
    account = reference(Account)
    created_at = moment()
    expires_at = moment()
    used_at = moment(null=True)
