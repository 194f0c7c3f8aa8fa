using System.CommandLine;
using Plumbline.Cli.Exits;
using Plumbline.Cli.Screens;
using Plumbline.Cli.Setup;
using Plumbline.Cli.Summaries;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Files;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;

namespace Plumbline.Cli.Commands;

/// <summary>A verb that is set up by options, <c>plumbline.yaml</c> and the environment, in that order of strength.</summary>
internal abstract class ConfiguredVerb : Verb
{
    /// <summary>The option that names the file.</summary>
    public const string ConfigOption = "--config";

    private readonly Option<string?> _config = new(ConfigOption, "-c") { Description = $"The file with the settings. Default: {ConfigurationFile.Name} in the working folder, where there is one.", HelpName = "FILE" };
    private readonly Option<bool> _showConfig = new("--show-config") { Description = "Print every setting with where its value comes from, and stop." };
    private readonly SettingOptions _settings;
    private readonly Workshop _workshop;

    protected ConfiguredVerb(Workshop workshop, string name, string description, params string[] examples)
        : base(name, description, examples)
    {
        _workshop = workshop;
        _settings = new SettingOptions(AuditKeys.All);
        _settings.AddTo(this);
        Options.Add(_config);
        Options.Add(_showConfig);
    }

    public sealed override async Task<ExitCode> RunAsync(ParseResult arguments, Screen screen, CancellationToken cancellationToken)
    {
        var options = _settings.Read(arguments);
        var file = ConfigurationFile.Find(arguments.GetValue(_config));
        var references = new References(_workshop.Environment);
        var layers = new Layers([options, file?.Layer ?? Layer.Empty, _workshop.Settings], references);
        if (arguments.GetValue(_showConfig))
        {
            ConfigurationSummary.Print(screen, layers, Options.OfType<Option<bool>>().FirstOrDefault(option => option.Name == JsonFlag) is { } json && arguments.GetValue(json));
            return ExitCode.Fine;
        }

        if (file is { Path: var path }) screen.Note($"Settings: {path} ('--show-config' prints each with its origin).");
        return await RunAsync(arguments, new AuditSettings(layers), screen, cancellationToken);
    }

    /// <summary>Does what the verb says.</summary>
    protected abstract Task<ExitCode> RunAsync(ParseResult arguments, AuditSettings settings, Screen screen, CancellationToken cancellationToken);
}
