using TsPmo.Sync.Cli;

// The composition root is the one place that names the machine's clock.
#pragma warning disable RS0030
var clock = TimeProvider.System;
#pragma warning restore RS0030

return await CommandLine.RunAsync(args, Machine.This(clock));
