package schema

import "testing"

// A decimal comes back from a database to the last digit, whatever it became
// there; a float is taken only where it says the same.
func TestDecimalInSQL(t *testing.T) {
	for s, want := range map[string]any{
		"":                    nil,
		"0":                   int64(0),
		"-371":                int64(-371),
		"578400.00":           int64(578400),
		"123456789012345678":  int64(123456789012345678),
		"45.5":                45.5,
		"0.1":                 0.1,
		"1234567890123456.5":  1234567890123456.5,
		"123456789012345.678": "123456789012345.678",
		"0.12345678901234567": "0.12345678901234567",
	} {
		var d, back Decimal
		if s != "" {
			var err error
			if d, err = ParseDecimal(s); err != nil {
				t.Fatal(err)
			}
		}
		v, err := d.Value()
		if err != nil || v != want {
			t.Errorf("%s: %v (%T), %v, want %v", s, v, v, err, want)
		}
		if err := back.Scan(v); err != nil || back != d {
			t.Errorf("%s comes back as %s, %v", s, back, err)
		}
	}
	var d Decimal
	if d.Scan("12,5") == nil || d.Scan([]byte("1")) == nil {
		t.Error("no number is taken for one")
	}
}

// Float is the nearest float, also of more digits than a float has.
func TestFloat(t *testing.T) {
	for s, want := range map[string]float64{"0.3": 0.3, "90071992547409.93": 90071992547409.93, "9007199254740993": 9007199254740993,
		"0.123456789012345678": 0.123456789012345678, "123456789012345678": 123456789012345678} {
		d, err := ParseDecimal(s)
		if err != nil || d.Float() != want {
			t.Errorf("%s: %v, want %v (%v)", s, d.Float(), want, err)
		}
	}
}
