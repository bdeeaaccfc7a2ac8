# SPDX-License-Identifier: EUPL-1.2
"""BPMN on SpiffWorkflow, which no other package sees."""
