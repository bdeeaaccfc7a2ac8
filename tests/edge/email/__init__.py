# SPDX-License-Identifier: EUPL-1.2
"""E-mail: reading whatever comes, taking it in, sending it out, against real mail servers."""
