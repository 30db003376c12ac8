"""Past one machine: documents to facts in shards, on a pool of processes or a cluster; shards to a graph, graphs to a server."""
