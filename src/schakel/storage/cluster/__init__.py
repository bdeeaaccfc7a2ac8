# SPDX-License-Identifier: EUPL-1.2
"""The embedded database: found, set up, started as our own child, watched and stopped."""

from schakel.storage.cluster.attach import attach
from schakel.storage.cluster.launcher import Cluster, ClusterInUse, cluster

__all__ = ["Cluster", "ClusterInUse", "attach", "cluster"]
