"""Many dossiers at once, as one archive with a manifest and a register; read services, jobs, packing."""
