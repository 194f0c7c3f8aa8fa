using Plumbline.Reports.Charts;
using Shouldly;

namespace Plumbline.Reports.Tests.Charts;

public sealed class RadarGeometryTests
{
    [Fact]
    public void The_first_spoke_points_up_and_the_others_follow_the_clock()
    {
        var (top, right, bottom, left) = (RadarGeometry.Point(0, 4, 1), RadarGeometry.Point(1, 4, 1), RadarGeometry.Point(2, 4, 1), RadarGeometry.Point(3, 4, 1));

        top.Y.ShouldBe((RadarGeometry.Height / 2) - RadarGeometry.Radius, 1e-9);
        right.X.ShouldBe((RadarGeometry.Width / 2) + RadarGeometry.Radius, 1e-9);
        bottom.Y.ShouldBe((RadarGeometry.Height / 2) + RadarGeometry.Radius, 1e-9);
        left.X.ShouldBe((RadarGeometry.Width / 2) - RadarGeometry.Radius, 1e-9);
    }

    [Fact]
    public void Nothing_lies_in_the_middle_and_everything_within_the_spoke()
    {
        RadarGeometry.Point(5, 7, 0).ShouldBe((RadarGeometry.Width / 2, RadarGeometry.Height / 2));
        RadarGeometry.Point(5, 7, 3).ShouldBe(RadarGeometry.Point(5, 7, 1));
    }

    [Fact]
    public void A_polygon_has_a_corner_for_each_spoke_and_a_label_leans_outwards()
    {
        RadarGeometry.Polygon([1, 0.5, 0]).Split(' ').Length.ShouldBe(3);
        RadarGeometry.Label(0, 4).Anchor.ShouldBe("middle");
        RadarGeometry.Label(1, 4).Anchor.ShouldBe("start");
        RadarGeometry.Label(3, 4).Anchor.ShouldBe("end");
    }
}
