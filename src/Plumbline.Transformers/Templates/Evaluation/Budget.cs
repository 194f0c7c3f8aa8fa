using System.Runtime.CompilerServices;
using Plumbline.Transformers.Templates.Syntax;

namespace Plumbline.Transformers.Templates.Evaluation;

/// <summary>
/// What one rendering may spend: a template from a stranger must neither run without end nor fill the memory. Lists may be shared
/// inside of lists, so that a few lines of template name more items than there are atoms; whoever walks through them pays for each.
/// </summary>
internal sealed class Budget
{
    private const int MostSteps = 300_000;
    // Some hundred passes over the longest prompts that are in use.
    private const long MostCharacters = 1L << 26;
    // About what an item takes, in characters.
    private const int ItemCharacters = 32;
    // An item that is walked through takes longer than one that is copied.
    private const int DeepItems = 4;
    // Python's own limit; a stack holds many times more, how many depends on the machine.
    private const int MostDepth = 1000;

    private int steps;
    private int depth;
    private long characters;

    /// <summary>Pays for a statement, a round of a loop, or a call of a macro.</summary>
    public void Step(int line)
    {
        if (++steps > MostSteps)
            throw TemplateError.Wrong(line, "the template does not come to an end");
    }

    /// <summary>Pays for characters that are read or written.</summary>
    public void Spend(long count, int line)
    {
        if (count > MostCharacters || (characters += count) > MostCharacters)
            throw TemplateError.Wrong(line, "the template reads and writes beyond all measure");
    }

    /// <summary>Pays for the search for a part, which may stop short of its end at every place.</summary>
    public void SpendSearch(long length, long part, int line) => Spend(length + (Math.Max(0, length - part) * (part / 64)), line);

    /// <summary>Pays for items that are read or written.</summary>
    public void SpendItems(long count, int line) => Spend(Math.Min(count, MostCharacters) * ItemCharacters, line);

    /// <summary>Pays for one passage over a value, its parts' parts left out.</summary>
    public void SpendOn(object? value, int line)
    {
        if (value is string text)
            Spend(text.Length, line);
        else if (value is System.Collections.ICollection items)
            SpendItems(items.Count, line);
    }

    /// <summary>Pays for one item on the way into a value's depth, of which there is an end: a stack that overflows would end the process.</summary>
    public void Enter(int line)
    {
        SpendItems(DeepItems, line);
        if (++depth > MostDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TemplateError.Wrong(line, "a value is nested too deeply");
    }

    /// <summary>Comes back out of what was entered. An error ends the rendering, and this budget with it.</summary>
    public void Leave() => depth--;
}
