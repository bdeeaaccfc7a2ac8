# SPDX-License-Identifier: EUPL-1.2
"""Errors a person can act on: a title that says what happened, and advice that says how to go on."""


class SchakelError(Exception):
    """Base of every error that may reach a person. Carries no personal data, ever (invariant 9)."""

    status = 400
    title = "Dit kan niet"
    advice = "Controleer uw gegevens en probeer het opnieuw."

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.title)
        self.detail = detail


class NotFound(SchakelError):
    """What was asked for is not there, or not for you: the same answer for both."""

    status = 404
    title = "Dit is er niet"
    advice = "Controleer het adres, of zoek opnieuw."


class Forbidden(SchakelError):
    """Known who you are, and this is not yours to do."""

    status = 403
    title = "Dit hoort niet bij uw rol"
    advice = "Vraag een collega met de juiste rol om hulp."


class Conflict(SchakelError):
    """Somebody else was first; nothing of yours is lost."""

    status = 409
    title = "Iemand anders was u net voor"
    advice = "Ververs de pagina en kijk wat er is veranderd. Uw tekst is bewaard."


class TooMany(SchakelError):
    """Rate limit reached."""

    status = 429
    title = "U probeerde dit te vaak"
    advice = "Wacht een paar minuten en probeer het dan opnieuw."


class InvalidInput(SchakelError):
    """One or more fields cannot be accepted. `fields` maps a field to a Dutch sentence."""

    status = 400
    title = "Er klopt iets niet in wat u invulde"

    def __init__(self, fields: dict[str, str] | None = None, detail: str = "") -> None:
        super().__init__(detail)
        self.fields = fields or {}
