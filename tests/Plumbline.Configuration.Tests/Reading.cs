using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Sources;

namespace Plumbline.Configuration.Tests;

/// <summary>Reads texts as if they were files, options and variables.</summary>
internal static class Reading
{
    public const string Name = "plumbline.yaml";

    public static Layer File(string text) => ConfigurationFile.Parse(Name, text);

    public static AuditSettings Settings(string text, params (string Name, string Value)[] environment) => Settings(File(text), environment);

    public static AuditSettings Settings(Layer layer, params (string Name, string Value)[] environment) => new(new Layers([layer], References(environment)));

    public static References References(params (string Name, string Value)[] environment) => new(Environment(environment));

    public static Func<string, string?> Environment(params (string Name, string Value)[] values) =>
        name => values.Where(pair => pair.Name == name).Select(pair => pair.Value).FirstOrDefault();
}
