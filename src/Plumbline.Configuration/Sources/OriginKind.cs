namespace Plumbline.Configuration.Sources;

/// <summary>Where a value comes from, the strongest first.</summary>
public enum OriginKind
{
    /// <summary>An option of the command line.</summary>
    Option,

    /// <summary>A run's folder, which remembers what it was started with.</summary>
    Run,

    /// <summary>The file.</summary>
    File,

    /// <summary>A variable of the environment.</summary>
    Variable,

    /// <summary>Nobody gave it.</summary>
    Default,
}
