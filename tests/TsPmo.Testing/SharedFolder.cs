namespace TsPmo.Testing;

/// <summary>Finds material that lies beside the repository on the builders' machines and nowhere else.</summary>
public static class SharedFolder
{
    /// <summary>The path of a file or folder in <c>../shared</c> seen from the repository's root, or null.</summary>
    public static string? Find(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, "shared", name);
            if (Path.Exists(candidate))
                return candidate;
        }

        return null;
    }

    /// <summary>The repository's root: the folder with the solution file.</summary>
    public static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TsPmo.Sync.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests do not run from within the repository.");
    }
}
