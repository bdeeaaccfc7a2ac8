# SPDX-License-Identifier: EUPL-1.2
"""Wordt ingevuld."""


class SqlBeslissingen:
    def __init__(self, c: object) -> None: ...


class SqlModellen(SqlBeslissingen): ...


class SqlProcessen(SqlBeslissingen): ...
