using Microsoft.Extensions.AI;
using Plumbline.Pairs;

namespace Plumbline.Audits;

/// <summary>One model of the pair: what is known of it, and how to ask it.</summary>
/// <param name="Facts">Name, identity and facts.</param>
/// <param name="Client">Answers the cases. It is called concurrently; retries and pacing are its own matter. The caller disposes
/// it.</param>
public sealed record AuditSide(ModelFacts Facts, IChatClient Client);
