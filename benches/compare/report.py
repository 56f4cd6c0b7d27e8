def write(*a): return "x"
