# SPDX-License-Identifier: EUPL-1.2
"""The embedded database: found, set up, started as our own child, watched and stopped."""

from schakel.storage.cluster.attach import NoDatabase, attach
from schakel.storage.cluster.launcher import Cluster, ClusterFailed
from schakel.storage.cluster.owner import ClusterInUse, cluster, own_database

__all__ = ["Cluster", "ClusterFailed", "ClusterInUse", "NoDatabase", "attach", "cluster", "own_database"]
