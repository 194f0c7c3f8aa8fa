namespace Plumbline.Attacks.Assisted;

/// <summary>
/// An attack whose words another model prepares, once, while the audit is planned: the plan holds them, so that both sides and every resumed
/// run get the same bytes. <see cref="IAttack.Apply"/> can be called only on what <see cref="PreparedAttack"/> makes of it.
/// </summary>
public interface IAssistedAttack : IAttack
{
    /// <summary>The longest answer of the other model, in its tokens.</summary>
    const int MostOutputTokens = 1024;

    /// <summary>What the other model is asked about a request.</summary>
    string Question(string prompt);

    /// <summary>The message that carries the request, out of the other model's answer.</summary>
    /// <exception cref="UnpreparedException">The answer is not what was asked for: the message says how.</exception>
    string Prepare(string prompt, string answer);
}
