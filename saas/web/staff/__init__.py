"""The work console: the work list, the case page, acting, taking in, uploading; read board first."""
