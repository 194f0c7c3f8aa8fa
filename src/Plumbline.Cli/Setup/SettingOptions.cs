using System.CommandLine.Parsing;
using System.CommandLine;
using System.Globalization;
using Plumbline.Cli.Exits;
using Plumbline.Configuration.Settings;
using Plumbline.Configuration.Sources;
using Plumbline.Configuration.Values;

namespace Plumbline.Cli.Setup;

/// <summary>Settings as options of a verb. Their values are read as text, so that what is wrong with one is told in our words.</summary>
internal sealed class SettingOptions
{
    private readonly List<(Setting Setting, Option Option)> _options;

    public SettingOptions(IEnumerable<Setting> settings) =>
        _options = [.. settings.Where(setting => setting.Flag is not null).Select(setting => (setting, Make(setting)))];

    public void AddTo(Command command)
    {
        foreach (var (_, option) in _options) command.Options.Add(option);
    }

    /// <summary>What the command line gives.</summary>
    /// <exception cref="Plumbline.Configuration.ConfigurationException">An option has no usable value.</exception>
    /// <exception cref="UsageException">An option that does not exist was taken for a value of a list.</exception>
    public Layer Read(ParseResult arguments)
    {
        var values = new Dictionary<string, Given>(StringComparer.Ordinal);
        foreach (var (setting, option) in _options)
        {
            if (arguments.GetResult(option) is not { Implicit: false } result) continue;

            foreach (var (i, text) in Texts(setting, result).Index())
            {
                if (setting.IsItem && text.StartsWith("--", StringComparison.Ordinal))
                    throw NearestName.Unknown("option", text, arguments.CommandResult.Command.Options.Select(known => known.Name));

                var given = new Given(text, new Origin(OriginKind.Option, setting.Flag!));
                if (!setting.Shape.Accepts(text)) throw given.Unusable(setting.Key, setting.Shape.Expected);
                values[setting.Key.Replace("[]", string.Create(CultureInfo.InvariantCulture, $"[{i}]"), StringComparison.Ordinal)] = given;
            }
        }

        return new Layer(values);
    }

    private static IEnumerable<string> Texts(Setting setting, OptionResult result) =>
        result.Tokens.Count == 0 && setting is Setting<bool> ? ["true"]
        : setting.IsItem ? result.Tokens.SelectMany(token => ListText.Split(token.Value))
        : result.Tokens.Select(token => token.Value);

    private static Option Make(Setting setting)
    {
        Option option = setting switch
        {
            { IsItem: true } => new Option<string[]>(setting.Flag!) { AllowMultipleArgumentsPerToken = true, HelpName = setting.HelpName },
            Setting<bool> => new Option<bool>(setting.Flag!),
            { DefaultText: { } text } => new Option<string>(setting.Flag!) { HelpName = setting.HelpName, DefaultValueFactory = _ => text },
            _ => new Option<string>(setting.Flag!) { HelpName = setting.HelpName },
        };
        option.Description = setting.Description;
        if (setting.ShortFlag is { } alias) option.Aliases.Add(alias);
        return option;
    }
}
