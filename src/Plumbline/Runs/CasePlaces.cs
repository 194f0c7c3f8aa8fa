using System.Numerics;

namespace Plumbline.Runs;

/// <summary>The places of a plan's cases by their ids: a dictionary in a third of the memory, because a long run holds one to its end. Ids are hashes of
/// content; what is asked for is found in one or two looks.</summary>
sealed class CasePlaces
{
    // Spreads ids that somebody made up, too (Fibonacci hashing: Knuth, "The Art of Computer Programming" 3, section 6.4).
    const ulong Spread = 0x9E37_79B9_7F4A_7C15;

    readonly IReadOnlyList<ulong> ids;
    readonly int[] slots;
    readonly int shift;

    /// <summary>Takes the ids of a plan's cases.</summary>
    /// <param name="ids">In the order of the plan.</param>
    /// <param name="twice">An id that two cases have; null where each has its own.</param>
    public CasePlaces(IReadOnlyList<ulong> ids, out ulong? twice)
    {
        this.ids = ids;
        twice = null;
        var bits = Math.Max(1, 64 - BitOperations.LeadingZeroCount(2 * (ulong)ids.Count));
        slots = new int[1 << bits];
        shift = 64 - bits;
        for (var place = 0; place < ids.Count; place++)
        {
            var slot = SlotOf(ids[place]);
            if (slots[slot] == 0)
                slots[slot] = place + 1;
            else
                twice ??= ids[place];
        }
    }

    /// <summary>The place of a case, or −1 where the plan does not have it.</summary>
    public int Find(ulong id) => slots[SlotOf(id)] - 1;

    // Where the id stands, or is to stand: at most half of the slots are taken.
    int SlotOf(ulong id)
    {
        var slot = (int)((id * Spread) >> shift);
        while (slots[slot] != 0 && ids[slots[slot] - 1] != id)
            slot = (slot + 1) & (slots.Length - 1);
        return slot;
    }
}
