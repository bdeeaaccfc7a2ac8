# SPDX-License-Identifier: EUPL-1.2
"""Our own evaluator of DMN decision tables and requirements graphs."""
