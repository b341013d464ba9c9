"""What ties a sealed secret to its booking, so that the two open only together."""


def secret_of(reference: str) -> str:
    """The binding of the secret of the booking with this reference."""
    return f"booking-secret:{reference}"
