using Plumbline.Attacks.Assisted;
using Plumbline.Attacks.Augmented;
using Plumbline.Attacks.Decoding;
using Plumbline.Attacks.Files;
using Plumbline.Attacks.Rewriting;
using Plumbline.Attacks.Turns;
using Plumbline.Suites;

namespace Plumbline.Attacks;

/// <summary>The attacks that Plumbline knows. To add one, write its file in a folder below this one and name it in <see cref="All"/>.</summary>
public static class AttackCatalog
{
    /// <summary>Every attack that has a usual value or takes none, the control first.</summary>
    public static IReadOnlyList<IAttack> All { get; } =
    [
        new PlainRequest(),
        new PrefixInjection(),
        new PrefixInjectionHello(),
        new RefusalSuppression(),
        new RefusalSuppressionInverted(),
        new StyleInjectionShort(),
        new StyleInjectionJson(),
        new FewShotJson(),
        new Distractors(),
        new DistractorsNegated(),
        new Wikipedia(),
        new WikipediaWithTitle(),
        new Poems(),
        new Base64(),
        new Base64Raw(),
        new Base64InputOnly(),
        new Base64OutputOnly(),
        new Rot13(),
        new Leetspeak(),
        new Disemvowel(),
        new PayloadSplitting(),
        new Combination1(),
        new Combination2(),
        new Combination3(),
        new History(),
        new HistoryHello(),
        ManyShot.Usual(),
        new Prefill(),
        new PrefillSteps(),
        new PrefillHello(),
        TemperatureSweep.Usual(),
        TopPSweep.Usual(),
        TopKSweep.Usual(),
        BestOfN.Usual(),
        new AutoPayloadSplitting(),
        new AutoObfuscation(),
    ];

    /// <summary>The attacks that take a value.</summary>
    public static IReadOnlyList<AttackForm> Forms { get; } =
    [
        new(Persona.Name, "FILE", FailureMode.CompetingObjectives, "A frame of your own around the request, which goes where the file says {prompt}.", Published.UsersFile, Persona.Read) { TakesFile = true },
        new(SystemText.Name, "FILE", FailureMode.CompetingObjectives, "A system message of your own, in the place of the audit's.", Published.UsersFile, SystemText.Read) { TakesFile = true },
        new(ManyShot.Name, "N", FailureMode.CompetingObjectives, "many_shot with N harmless requests in front, at most 256.", Published.ManyShot, ManyShot.Of),
        new(BestOfN.Name, "N", FailureMode.MismatchedGeneralisation, "best_of_n with N variants: N cases a prompt.", Published.BestOfN, BestOfN.Of),
        new(TemperatureSweep.Name, "T,T,…", FailureMode.MismatchedGeneralisation, "decoding_temperature at these, or at the 20 of the paper (decoding_temperature:paper): a case each.", Published.Generation, TemperatureSweep.Of),
        new(TopPSweep.Name, "P,P,…", FailureMode.MismatchedGeneralisation, "decoding_top_p at these, or at the 20 of the paper: a case each.", Published.Generation, TopPSweep.Of),
        new(TopKSweep.Name, "K,K,…", FailureMode.MismatchedGeneralisation, "decoding_top_k at these, or at the 9 of the paper: a case each.", Published.Generation, TopKSweep.Of),
    ];

    /// <summary>The names that stand for several attacks.</summary>
    public static IReadOnlyList<AttackGroup> Groups { get; } =
    [
        new(
            "all",
            "every attack that asks a prompt once and needs no other model, with its usual value, without the control",
            [.. All.Where(attack => attack is { Mode: not FailureMode.Control, CasesPerPrompt: 1 } and not IAssistedAttack)]),
        new("assisted", "the attacks that a helper model prepares", [.. All.OfType<IAssistedAttack>()]),
        new("decoding", "the three sweeps of decoding parameters, with their usual values", [.. All.Where(attack => attack is DecodingSweep)]),
    ];

    /// <summary>Everything that may stand before a colon or alone: attacks, forms and groups.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. All.Select(attack => attack.Id), .. Forms.Select(form => form.Name).Except(All.Select(attack => attack.Id)), .. Groups.Select(group => group.Name)];

    /// <summary>The attacks by these names, in the order given, each once; a group's name stands for its members.</summary>
    /// <exception cref="AttackException">A name is no attack's, a value or file cannot be used, or two files have the same name.</exception>
    public static IReadOnlyList<IAttack> Named(IEnumerable<string> names)
    {
        var chosen = names.SelectMany(name => Groups.FirstOrDefault(group => group.Name == name)?.Members ?? [Named(name)]).ToList();
        var ambiguous = chosen.GroupBy(attack => attack.Id, StringComparer.Ordinal).FirstOrDefault(same => same.DistinctBy(HashOf).Skip(1).Any());
        return ambiguous is null
            ? [.. chosen.DistinctBy(attack => attack.Id)]
            : throw new AttackException($"Two different files are both the attack '{ambiguous.Key}': the report could not tell them apart. Rename one of them.");
    }

    /// <summary>The attack by this name, which may carry a value after a colon.</summary>
    /// <exception cref="AttackException">The name is no attack's, or the value or file cannot be used.</exception>
    public static IAttack Named(string name)
    {
        var colon = name.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return All.FirstOrDefault(attack => attack.Id == name) ?? throw (Form(name) is { } needy
                ? new AttackException($"The attack '{name}' needs a value: {needy.Usage}.")
                : Unknown(name));

        var form = Form(name[..colon]);
        if (form is not null)
            return form.Make(name[(colon + 1)..]);
        throw Names.Contains(name[..colon], StringComparer.Ordinal)
            ? new AttackException($"The attack '{name[..colon]}' takes no value. Leave '{name[colon..]}' out.")
            : Unknown(name);
    }

    /// <summary>What a reader of a response reads (<see cref="IAttack.ReadAnswer"/>), by the attack's identifier alone: a stored run is read without the
    /// files it was made with.</summary>
    public static string ReadAnswer(string id, string response) =>
        All.FirstOrDefault(attack => attack.Id == id)?.ReadAnswer(response) ?? response;

    /// <summary>How many cases it makes of a prompt, by its identifier alone as well: 1 of one that this version does not know, and of the user's files.</summary>
    internal static int CasesPerPrompt(string id)
    {
        try
        {
            return Form(id.Split(':')[0]) is { TakesFile: true } ? 1 : Named(id).CasesPerPrompt;
        }
        catch (AttackException)
        {
            return 1;
        }
    }

    /// <summary>A hash of the attack's words: it changes when what it would send for a fixed request changes.</summary>
    public static string HashOf(IAttack attack) => ContentHash.Of([attack.Id, .. attack.Words]);

    static AttackForm? Form(string name) => Forms.FirstOrDefault(form => form.Name == name);

    static AttackException Unknown(string name) =>
        new($"There is no attack '{name}'. Give one or more of: {string.Join(", ", Names)}.");
}
