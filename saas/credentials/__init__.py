"""Who somebody is by other means than our passwords: phone codes, a provider elsewhere, passkeys; read models first."""
