"""The administrators' console; read board, accounts, changes, roles, proposals, matrix, rights."""
