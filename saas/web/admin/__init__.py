"""The administrators' console; read board, start, accounts, changes, roles, proposals, matrix, rights."""
