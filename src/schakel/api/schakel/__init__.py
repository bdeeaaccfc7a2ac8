# SPDX-License-Identifier: EUPL-1.2
"""Our own API: gezondheid, beslissingen, processen and metingen."""
