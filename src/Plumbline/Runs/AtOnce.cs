using System.Runtime.ExceptionServices;

namespace Plumbline.Runs;

/// <summary>Does two things side by side, as far as there are processors.</summary>
static class AtOnce
{
    /// <summary>Comes back when both are done. Where one or both fail, one of their exceptions is thrown as it is.</summary>
    public static void Run(Action first, Action second)
    {
        try
        {
            Parallel.Invoke(first, second);
        }
        catch (AggregateException e)
        {
            // Either says by itself what is wrong.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
