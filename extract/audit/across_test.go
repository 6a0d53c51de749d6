package audit_test

import (
	"fmt"
	"testing"

	"mingxi/corpus"
	"mingxi/extract"
	"mingxi/extract/audit"
	"mingxi/extract/indicator"
)

// Two reports of one year and one of the next, in each of 80 counties. In half of them the
// second report has a slip, in a quarter the third is ten times too large: all of these
// are found, and nothing in the rest.
func TestPlantedAcross(t *testing.T) {
	g, a, x := newGenerator(11), audit.New(), extract.New()
	x.Indicators = [][]indicator.Indicator{indicator.Builtin()}
	var points []audit.Point
	want := map[string]string{} // region → relation
	for n := range 80 {
		county := string([]rune("清南北东西中上下大小")[n/10]) + string([]rune("屏岭泽川溪原坪湾河塘")[n%10]) + "县"
		urban, rural := g.between(2000, 9000), g.between(5000, 20000)
		again, next := urban, urban+g.between(10, 200)
		switch n % 4 {
		case 0, 1:
			again, _ = g.spoil(urban, g.pick("swap", "digit"), 5)
			for again == urban {
				again, _ = g.spoil(urban, "digit", 5)
			}
			want[county] = "between"
		case 2:
			next *= 10
			want[county] = "jump"
		}
		for i, text := range []string{
			fmt.Sprintf("%s民政局2013年工作总结\n\n全县有城市低保%d户,农村低保%d户。", county, urban, rural),
			fmt.Sprintf("%s民政局2013年总结和打算\n\n截至2013年底,全县有城市低保%d户。", county, again),
			fmt.Sprintf("%s民政局2014年工作总结\n\n全县有城市低保%d户,农村低保%d户。", county, next, rural+50),
		} {
			d, err := corpus.Read(fmt.Sprintf("%s%d.txt", county, i), []byte(text), corpus.Options{})
			if err != nil {
				t.Fatal(err)
			}
			points = append(points, a.Points(d, x.Read(d))...)
		}
	}
	found, others := map[string]bool{}, 0
	for _, d := range audit.Across(points) {
		county := d.A.Source[:len("清屏县")]
		if want[county] == d.Relation {
			found[county] = true
			continue
		}
		others++
		t.Logf("%s %s %d %s, %d %s", d.Relation, d.A.Region, d.A.Year, d.A.Raw, d.B.Year, d.B.Raw)
	}
	t.Logf("%d of %d found, %d others", len(found), len(want), others)
	if len(found)*100 < len(want)*85 || others > 0 {
		t.Errorf("%d of %d found, %d others", len(found), len(want), others)
	}
}
