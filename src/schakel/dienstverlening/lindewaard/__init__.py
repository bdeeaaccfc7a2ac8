# SPDX-License-Identifier: EUPL-1.2
"""Lindewaard: a gemeente that does not exist, with 5,000 inwoners and a year of contacts, made from one seed.

Nobody here is real. Everything follows from `SEED` and the day it ends on: the same input gives the same gemeente.
"""

SEED = 20261124
GEMEENTE = "Lindewaard"
GEMEENTECODE = "0199"
EMAIL_DOMEINEN = ("post.example", "mail.example")
