# SPDX-License-Identifier: EUPL-1.2
"""Whether a server keeps the promises of Klantinteracties and Contactgegevens; over HTTP only, against any server."""
