# SPDX-License-Identifier: EUPL-1.2
"""E-mail: in by SMTP, out by SMTP; translates MIME to a Gespreksbijdrage and back."""
