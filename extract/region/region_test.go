package region

import "testing"

func TestFind(t *testing.T) {
	table := Load()
	for _, c := range []struct {
		text string
		year int
		code string
	}{
		{"陆良县民政局", 2010, "530322"},
		{"陆良县民政局", 1990, "532228"}, // before it came to 曲靖市
		{"云南省人民政府", 2024, "530000"},
		{"北京市朝阳区", 2015, "110105"},
		{"朝阳区民政局", 2015, ""}, // of 北京 or of 长春
		{"河北省石家庄市桥东区", 2008, "130103"},
		{"山东省枣庄市市中区民政局", 2015, "370402"},
		{"山东省市中区民政局", 2015, ""}, // in four prefectures
		{"清屏县民政局", 2012, ""},    // no such county
		{"福建省厦门市", 2024, "350200"},
	} {
		p, score := table.Find(c.text, c.year, false)
		got := ""
		if p != nil {
			got = p.Code
		}
		if got != c.code || (got != "") != (score > 0) {
			t.Errorf("Find(%s, %d) = %q, %v; want %q", c.text, c.year, got, score, c.code)
		}
	}
}
