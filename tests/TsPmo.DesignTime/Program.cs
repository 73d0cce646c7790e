// The migrations tool starts this program to find the context factory; run by itself it has nothing to do.
return 0;
