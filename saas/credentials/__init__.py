"""Who somebody is by other means than our passwords: phone codes and providers of identity; read models first."""
