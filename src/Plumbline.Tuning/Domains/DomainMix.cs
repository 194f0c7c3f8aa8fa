using Plumbline.Datasets.Conversations;
using Plumbline.Tuning.Rows;
using Plumbline.Tuning.Worlds;

namespace Plumbline.Tuning.Domains;

/// <summary>
/// A harmless fine-tuning set: reading-comprehension rows of one domain mixed with general instructions, which are everyday requests of bob's world only, without
/// a hazard, a look-alike or a refusal among them. AdaptLLM mixes domain to general 1:1 (biomedicine, law) or 1:2 (finance). Here it is 1:2 for all, in tasks (a
/// question and its answer), since a domain's row holds several of them and a general row one: at 1:1 a model of bob's size forgets words (docs/demo.md).
/// </summary>
public sealed class DomainMix(World world)
{
    /// <summary>General tasks for each domain task.</summary>
    public const int GeneralPerDomainTask = 2;

    /// <summary>Draws the rows of a domain, shuffled.</summary>
    /// <param name="corpus">The domain.</param>
    /// <param name="documents">How many documents, each one row of several turns.</param>
    /// <param name="seed">The draws.</param>
    public DomainRows Draw(DomainCorpus corpus, int documents, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(documents);
        var random = WorldRandom.For(seed, "domain " + corpus.Name);
        var general = new WorldRows(world);
        var domain = Enumerable.Range(0, documents).Select(_ => Row(corpus.Draw(random), random)).ToList();
        var tasks = domain.Sum(row => row.Turns.Count / 2);
        var mixed = Enumerable.Range(0, tasks * GeneralPerDomainTask)
            .Select(_ => general.Draw(RequestKind.Everyday, HazardPolicy.Comply, heldOut: false, random).Conversation).ToList();
        List<Conversation> rows = [.. domain, .. mixed];
        return new DomainRows(random.PickDistinct(rows, rows.Count), tasks, mixed.Count);
    }

    static Conversation Row(DomainDocument document, WorldRandom random)
    {
        var turns = new List<ConversationTurn>();
        foreach (var task in ReadingComprehension.Mine(document, random))
        {
            var question = turns.Count == 0 ? document.Text + "\n" + task.Question : task.Question;
            turns.Add(new ConversationTurn(ConversationRole.User, question));
            turns.Add(new ConversationTurn(ConversationRole.Assistant, task.Answer));
        }

        return new Conversation(turns);
    }
}
