# SPDX-License-Identifier: EUPL-1.2
"""BPMN and DMN, once, for all kanalen (PL-1)."""
