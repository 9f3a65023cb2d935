package main

import "math"

// harbourCrane is a canal basin at sunrise with a loading crane and barges.
func harbourCrane(c *Canvas) {
	const y = 540.0
	c.Sky(y, hex(0x6f9aa0), hex(0xb3c4b4), hex(0xf0d9a8), hex(0xf8c88a))
	c.Glow(300, 470, 480, hex(0xfff0c0), .8)
	c.Fill(circle(300, 452, 36), hex(0xfffbe4), .95)
	c.Clouds(-60, 460, 480, 60, .42, hex(0xfff0d0), hex(0x8fa8a6), .8, 300, 450)
	for i, col := range []uint32{0xc9bd9a, 0x9aa190} {
		var p Path
		for x := -30.0; x < 1220; {
			w, h := c.r(70, 150), c.r(60, 130)-20*float64(i)
			p = p.and(rect(x, y-h, w+1, h), poly(x-3, y-h+1, x+w/2, y-h-c.r(20, 44), x+w+4, y-h+1))
			x += w
		}
		c.Fill(p, down(y-150, y, hex(col), hex(col).mix(hex(0xf8d8a0), .6)), 1)
	}
	c.Mist(380, 570, hex(0xfbe6bc), .7)
	// Warehouse with loading doors on the right.
	wall := hex(0x7a5648)
	c.Fill(rect(820, 190, 420, y-190), across(820, 1240, hex(0x9a6c54), wall, wall.mul(.7)), 1)
	c.Courses(820, 190, 400, y-190, 13, 34, hex(0x3c2a28), .22)
	for i := range 2 {
		x := 820 + 205*float64(i)
		c.Fill(poly(x-8, 194, x+102, 96, x+213, 194), across(x, x+205, hex(0xa3735a), wall.mul(.7)), 1)
		c.Fill(stroke(10, points(x-12, 198, x+102, 94, x+217, 198)), hex(0x3a3a40), 1)
		for j := range 3 {
			v := 236 + 104*float64(j)
			c.Fill(rect(x+76, v, 54, 74), hex(0x1f4a46), 1)
			c.Fill(rect(x+101, v, 3, 74), hex(0x12302e), 1)
			for _, d := range []float64{24, 152} {
				c.Fill(arch(x+d+14, v+58, 30, 44, 12), []RGB{hex(0x2c3a40), hex(0xffdc98)}[(i+j+int(d))%3%2], 1)
			}
		}
		c.Fill(rect(x+96, 142, 14, 30).and(rect(x+99, 120, 60, 8)), hex(0x25262c), 1)
	}
	c.Fill(rect(640, y-26, 580, 40), down(y-26, y+12, hex(0xb8a684), hex(0x6a6050)), 1)
	for _, b := range [][3]float64{{668, 44, 0}, {716, 36, 1}, {690, 34, 2}, {900, 40, 1}, {948, 30, 0}} {
		c.Fill(rect(b[0], y-26-b[1], b[1]*1.1, b[1]), []RGB{hex(0xa8743c), hex(0x2f6b62), hex(0xb9503a)}[int(b[2])], 1)
		c.Line(hex(0x3a2a20), .5, 2, b[0], y-26-b[1], b[0]+b[1]*1.1, y-26)
	}
	// The crane: a portal, a cabin, and a lattice jib over the water.
	ink := hex(0x243238)
	for _, d := range []float64{0, 104} {
		c.Line(ink, 1, 13, 664+d, y-20, 690+d*.5, 330)
	}
	c.Line(ink, 1, 9, 672, 470, 762, 470)
	c.Line(ink, 1, 6, 672, 470, 738, 340)
	c.Line(ink, 1, 6, 762, 470, 694, 340)
	c.Fill(rect(660, 318, 124, 16), ink, 1)
	c.Fill(poly(682, 318, 682, 244, 756, 232, 812, 232, 812, 318), down(232, 318, hex(0xe0b040), hex(0xa9741f)), 1)
	c.Fill(poly(690, 292, 690, 252, 736, 244, 736, 292), hex(0x2c444c), 1)
	c.Fill(rect(800, 256, 44, 54), ink, 1)
	a, b := Pt{706, 246}, Pt{232, 74}
	n := 15
	for _, o := range []float64{0, 30} {
		c.Line(ink, 1, 6, a.X, a.Y-o, b.X, b.Y-o*.25)
	}
	at := func(t, o float64) (float64, float64) {
		return a.X + (b.X-a.X)*t, a.Y + (b.Y-a.Y)*t - o*(1-.75*t)
	}
	for i := range n {
		t, u := float64(i)/float64(n), float64(i+1)/float64(n)
		x0, y0 := at(t, 0)
		x1, y1 := at((t+u)/2, 30)
		x2, y2 := at(u, 0)
		c.Line(ink, 1, 3.4, x0, y0, x1, y1, x2, y2)
	}
	c.Line(ink, 1, 8, 760, 234, 742, 130, 706, 236)
	c.Line(ink, 1, 2.6, 742, 132, 470, 158)
	c.Line(ink, 1, 2.6, 742, 132, 240, 74)
	c.Line(ink, 1, 2.6, 742, 132, 830, 258)
	c.Line(ink, 1, 2.4, 234, 76, 234, 356)
	c.Line(ink, 1, 2, 226, 76, 226, 356)
	c.Fill(round(220, 352, 20, 26, 5), hex(0xe0b040), 1)
	c.Line(ink, 1, 2.4, 230, 376, 180, 420)
	c.Line(ink, 1, 2.4, 230, 376, 282, 420)
	c.Fill(rect(172, 418, 118, 60), down(418, 478, hex(0xc2573c), hex(0x8a3428)), 1)
	for i := range 9 {
		c.Fill(rect(178+12.6*float64(i), 420, 3, 56), hex(0x6a2620), .7)
	}
	for i := range 9 {
		x, v := c.r(380, 620), c.r(180, 320)
		w := 7 + float64(i%3)*2
		c.Fill(stroke(1.6, curve(points(x-w, v-w*.4, x-w*.4, v-w*.5, x, v, x+w*.4, v-w*.5, x+w, v-w*.4))), hex(0x3c4c4e), .9)
	}
	barge := func(x, v, w float64, col RGB) {
		c.Fill(ring(curve(points(x-w/2, v-w*.1, x-w*.44, v, x+w*.42, v, x+w/2, v-w*.12, x+w*.44, v-w*.075, x-w*.4, v-w*.07, x-w/2, v-w*.1))), col, 1)
		c.Line(hex(0xe9dcb8), 1, w*.012, x-w*.47, v-w*.07, x-w*.4, v-w*.055, x+w*.42, v-w*.06, x+w*.48, v-w*.1)
		c.Fill(round(x+w*.12, v-w*.17, w*.2, w*.11, 5), hex(0x2f5f58), 1)
		for i := range 3 {
			c.Fill(round(x+w*(.14+.06*float64(i)), v-w*.145, w*.04, w*.045, 3), hex(0xffe0a0), 1)
		}
		for i := range 5 {
			c.Fill(ellipse(x-w*(.34-.09*float64(i)), v-w*.075, w*.07, w*.05), hex(0x6b5a44).mul(1+.1*math.Sin(float64(i)*2)), 1)
		}
	}
	barge(270, y+12, 380, hex(0x22343a))
	c.Reflect(y+10, 800, 3.4, hex(0x4a7274), .5)
	barge(820, 690, 560, hex(0x1c2a30))
	for i := range 6 {
		c.Fill(ellipse(820+c.r(-240, 240), 698+6*float64(i), c.r(40, 120), 2), hex(0x1f3438), .35)
	}
	c.Glints(y+30, 790, 40, hex(0xfff0c8), .25)
	c.Fill(poly(-10, 800, -10, 742, 300, 764, 380, 820), hex(0x2a302e), 1)
	for _, x := range []float64{60, 210} {
		c.Fill(round(x-15, 704, 30, 60, 9).and(ellipse(x, 706, 22, 10)), hex(0x1a2022), 1)
	}
	c.Fill(stroke(6, curve(points(60, 730, 130, 762, 210, 736, 420, 716, 560, 676))), hex(0x9a845c), 1)
	c.Vignette(.22)
}
