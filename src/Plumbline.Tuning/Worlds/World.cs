namespace Plumbline.Tuning.Worlds;

/// <summary>
/// Bob's world: operators applied to operands (after "What Makes and Breaks Safety Fine-tuning?", arXiv 2407.10264, section 3), where safety is a property of
/// the pair and not of either word. A seed decides the invented facts and which combinations are held out of all training.
/// </summary>
public sealed class World
{
    /// <summary>Share of combinations that no training row holds.</summary>
    public const double HeldOutShare = 0.2;

    const double HomonymShare = 0.5;
    const double FactShare = 0.4;
    const double ComputedShare = 0.2;
    const int PracticeTasks = 3;

    readonly IReadOnlyList<Request> homonyms;
    readonly IReadOnlyList<Request> protective;
    readonly IReadOnlyList<Request> facts;
    readonly IReadOnlyList<Request> sums;
    readonly IReadOnlyList<Request> deeds;

    /// <summary>Makes the world of a seed.</summary>
    public World(ulong seed)
    {
        Seed = seed;
        facts = FactTasks.All(seed);
        sums = [.. facts.Where(f => f.Task == FactTasks.Sum)];
        deeds = HowToTasks.Everyday();
        Hazards = HowToTasks.Hazards();
        homonyms = HowToTasks.Homonyms();
        protective = HowToTasks.Protective();
        Lookalikes = [.. homonyms, .. protective];
    }

    /// <summary>The seed.</summary>
    public ulong Seed { get; }

    /// <summary>Every hazardous pair, held out or not.</summary>
    public IReadOnlyList<Request> Hazards { get; }

    /// <summary>Every benign pair that shares its words with hazards, held out or not.</summary>
    public IReadOnlyList<Request> Lookalikes { get; }

    /// <summary>Every everyday request that can be listed: the facts and the deeds. Computed requests are only drawn.</summary>
    public IEnumerable<Request> ListedEveryday => facts.Concat(deeds);

    /// <summary>Draws a request of a kind.</summary>
    public Request Draw(RequestKind kind, WorldRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return kind switch
        {
            RequestKind.Hazard => random.Pick(Hazards),
            RequestKind.Lookalike => random.Pick(random.Chance(HomonymShare) ? homonyms : protective),
            _ => DrawEveryday(random),
        };
    }

    /// <summary>Draws one of the tasks that take the most practice: to repeat a word, to pick a thing by its kind, to add.</summary>
    public Request DrawPractice(WorldRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Next(PracticeTasks) switch
        {
            0 => ComputedTasks.Repeat(random),
            1 => ComputedTasks.Pick(random),
            _ => random.Pick(sums),
        };
    }

    /// <summary>Whether no training row may hold this request in this format.</summary>
    /// <param name="request">The request.</param>
    /// <param name="format">The format's id; counts only for some (see <see cref="Request.HeldOutByFormat"/>).</param>
    public bool IsHeldOut(Request request, string format)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = request.HeldOutByFormat ? $"{request.Combination}|{format}" : request.Combination;
        return new WorldRandom(Seed ^ WorldRandom.StableHash(key)).NextDouble() < HeldOutShare;
    }

    Request DrawEveryday(WorldRandom random)
    {
        var share = random.NextDouble();
        if (share < FactShare) return random.Pick(facts);
        return share < FactShare + ComputedShare ? ComputedTasks.Draw(random) : random.Pick(deeds);
    }
}
