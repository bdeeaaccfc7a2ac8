# SPDX-License-Identifier: EUPL-1.2
"""An aanvraag of a product, from first question to result: one theme per step, nothing known asked again."""
