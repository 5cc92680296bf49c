//! A report as a small tree of nodes, one file per panel.
