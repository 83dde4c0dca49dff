"""The checks of the law by what they are about; read reception, duties, requests, discipline, court, ending, survey."""
