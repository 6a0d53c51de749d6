package ordinal

// Code is the name of a number format by its number in Word's older formats (MSONFC).
func Code(n int) string {
	if n >= 0 && n < len(codes) {
		return codes[n]
	}
	if n == 0x39 {
		return "numberInDash"
	}
	if n == 0xff {
		return "none"
	}
	return "decimal"
}

var codes = [...]string{
	"decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter", "ordinal", "decimal", "decimal",
	"decimal", "decimal", "ideographDigital", "japaneseCounting", "aiueoFullWidth", "irohaFullWidth", "decimalFullWidth", "decimalHalfWidth",
	"japaneseLegal", "japaneseDigitalTenThousand", "decimalEnclosedCircle", "decimalFullWidth2", "aiueoFullWidth", "irohaFullWidth", "decimalZero", "bullet",
	"decimal", "decimal", "decimalEnclosedFullstop", "decimalEnclosedParen", "decimalEnclosedCircleChinese", "ideographEnclosedCircle", "ideographTraditional", "ideographZodiac",
	"ideographZodiacTraditional", "taiwaneseCounting", "ideographLegalTraditional", "taiwaneseCountingThousand", "taiwaneseDigital", "chineseCounting", "chineseLegalSimplified", "chineseCountingThousand",
	"ideographDigital",
}
