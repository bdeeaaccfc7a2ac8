# SPDX-License-Identifier: EUPL-1.2
"""BPMN: read, checked and walked. SpiffWorkflow, for the schema of the standard, is seen here only."""
