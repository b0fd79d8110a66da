package aksnetlint.lib.numbers_test

import data.aksnetlint.lib.numbers

test_int32 if every text, number in {
	"0": 0,
	"5": 5,
	" 5\t": 5,
	"+5": 5,
	"-5": -5,
	"0005": 5,
	"2147483647": 2147483647,
} {
	numbers.int32(text) == number
}

test_no_int32 if every text in ["", " ", "5s", "5.0", "0x5", "1e3", "5 5", "--5", "2147483648", "99999999999"] {
	not numbers.int32(text)
}
