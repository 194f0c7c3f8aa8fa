using Plumbline.Attacks;
using Plumbline.Cli.Exits;
using Plumbline.Configuration;
using Plumbline.Configuration.Audits;
using Plumbline.Configuration.Sources;
using Plumbline.Providers;
using Plumbline.Suites;

namespace Plumbline.Cli.Choices;

/// <summary>Says where a name stands that turned out to name nothing: behind an option that is plain to see, in a file it is not.</summary>
internal static class AtItsPlace
{
    /// <summary>Looks several names up; the one that a message quotes is the one that is told.</summary>
    /// <exception cref="ConfigurationException">One was given in a file or a variable, and names nothing.</exception>
    public static T Find<T>(string key, IReadOnlyList<NameSetting> named, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (Exception exception) when (IsOfAName(exception) && named.Count > 0)
        {
            var meant = named.FirstOrDefault(name => exception.Message.Contains($"'{name.Name}'", StringComparison.Ordinal)) ?? named[0];
            throw meant.Given.Because(key, exception.Message, exception);
        }
    }

    /// <summary>Looks a name up.</summary>
    /// <exception cref="ConfigurationException">It names nothing.</exception>
    public static T Find<T>(string key, Given given, Func<T> find)
    {
        try
        {
            return find();
        }
        catch (Exception exception) when (IsOfAName(exception))
        {
            throw given.Because(key, exception.Message, exception);
        }
    }

    private static bool IsOfAName(Exception exception) => exception is UsageException or SuiteException or AttackException or ModelReferenceException;
}
