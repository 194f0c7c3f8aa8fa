using Plumbline.Datasets.Conversations;

namespace Plumbline.Tuning.Domains;

/// <summary>A domain's fine-tuning set.</summary>
/// <param name="Rows">All rows, shuffled.</param>
/// <param name="DomainTasks">Questions with answers on the domain's documents.</param>
/// <param name="GeneralTasks">General instructions with answers.</param>
public sealed record DomainRows(IReadOnlyList<Conversation> Rows, int DomainTasks, int GeneralTasks);
