using System.Collections;

namespace Plumbline.Calls;

/// <summary>How a client tells, beside a failure, that the call was refused and not hit by chance, so that nobody has to find that out call by call.</summary>
public static class RefusedCalls
{
    const string Property = "plumbline.refused";

    /// <summary>Notes a refusal.</summary>
    public static void Attach(Exception exception, RefusalScope scope) => ((IDictionary)exception.Data)[Property] = scope;

    /// <summary>What was noted; null where the call was not refused, or the client does not tell.</summary>
    public static RefusalScope? Of(Exception exception) => exception.Data[Property] as RefusalScope?;
}
