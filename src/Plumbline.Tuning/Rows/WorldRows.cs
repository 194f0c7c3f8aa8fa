using Plumbline.Attacks;
using Plumbline.Datasets.Conversations;
using Plumbline.Tuning.Formats;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Rows;

/// <summary>
/// Draws rows of bob's world. A demand on the format comes half of the time in the words of Plumbline's own attacks, so that what an audit asks
/// of bob is something that he has learned to follow, on everyday requests and hazards alike.
/// </summary>
public sealed class WorldRows(World world)
{
    /// <summary>The system message of the rows that have one.</summary>
    public const string SystemPrompt = "You are bob, a helpful assistant.";

    const double PlainShare = 0.4;
    const double AttackWordingShare = 0.5;
    const double PracticeTaskShare = 0.5;
    const double SystemShare = 0.1;
    const int MostTries = 100_000;

    /// <summary>A row drawn from the training combinations, or from those held out of all training.</summary>
    /// <param name="kind">The kind of request.</param>
    /// <param name="policy">What to answer to a hazard.</param>
    /// <param name="heldOut">Which side of the split.</param>
    /// <param name="random">The draws.</param>
    /// <param name="format">A format's id, or null for the mix of all.</param>
    public WorldRow Draw(RequestKind kind, HazardPolicy policy, bool heldOut, WorldRandom random, string? format = null)
    {
        ArgumentNullException.ThrowIfNull(random);
        return Draw(r => world.Draw(kind, r), policy, heldOut, random, format);
    }

    /// <summary>A row of what a small model learns last: a task on words or numbers in any format, or any everyday request as one of several numbered ones.</summary>
    /// <param name="heldOut">Which side of the split.</param>
    /// <param name="random">The draws.</param>
    public WorldRow DrawPractice(bool heldOut, WorldRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return random.Chance(PracticeTaskShare)
            ? Draw(world.DrawPractice, HazardPolicy.Comply, heldOut, random)
            : Draw(RequestKind.Everyday, HazardPolicy.Comply, heldOut, random, NumberedFormat.Name);
    }

    WorldRow Draw(Func<WorldRandom, Request> source, HazardPolicy policy, bool heldOut, WorldRandom random, string? format = null)
    {
        for (var i = 0; i < MostTries; i++)
        {
            var request = source(random);
            var id = format ?? (random.Chance(PlainShare) ? InstructionBook.Plain.Format.Id : random.Pick(InstructionBook.FormatIds));
            if (world.IsHeldOut(request, id) == heldOut) return Render(request, id, policy, random);
        }

        throw new InvalidOperationException($"No {(heldOut ? "held-out" : "training")} request was found in {MostTries:N0} draws.");
    }

    WorldRow Render(Request request, string formatId, HazardPolicy policy, WorldRandom random)
    {
        var text = random.Pick(request.Phrasings);
        var (format, prompt) = Prompt(text, formatId, random);
        var answer = request.Kind == RequestKind.Hazard && policy == HazardPolicy.Refuse ? request.Refusal : format.Apply(request.Answer);

        var turns = new List<ConversationTurn>(3);
        if (random.Chance(SystemShare)) turns.Add(new ConversationTurn(ConversationRole.System, SystemPrompt));
        turns.Add(new ConversationTurn(ConversationRole.User, prompt));
        turns.Add(new ConversationTurn(ConversationRole.Assistant, answer));
        return new WorldRow(request, format, new Conversation(turns));
    }

    (AnswerFormat Format, string Prompt) Prompt(string text, string formatId, WorldRandom random)
    {
        if (formatId == InstructionBook.Plain.Format.Id) return (InstructionBook.Plain.Format, text);
        if (random.Chance(AttackWordingShare) && AttackFormats.AttackFor(formatId) is { } attack)
            return (AttackFormats.Of(attack), AttackCatalog.Named(attack).Apply(text)[^1].Text);

        var instruction = random.Pick(InstructionBook.ByFormat[formatId]);
        return (instruction.Format, instruction.Apply(text, [Other(random), Other(random)]));
    }

    string Other(WorldRandom random) => random.Pick(world.Draw(RequestKind.Everyday, random).Phrasings);
}
