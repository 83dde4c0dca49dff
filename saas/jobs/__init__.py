"""Work done later, each job with its tenant; read queue, worker."""
