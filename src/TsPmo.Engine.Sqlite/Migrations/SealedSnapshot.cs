namespace TsPmo.Engine.Sqlite.Migrations;

// The tool writes the snapshot anew with every migration; what is ours to say about it stands here.
internal sealed partial class PmoContextModelSnapshot;
