package main

import "math"

// theatreStage is a red curtain drawn aside, and one chair in a pool of light.
func theatreStage(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), down(0, 800, hex(0x14080d), hex(0x2a0d14)), 1)
	c.Fill(rect(200, 60, 800, 480), radial(600, 330, 520, hex(0x4a3a68), hex(0x2a2148), hex(0x140f26)), 1)
	for i := range 3 {
		c.Fill(c.ridge(440+30*float64(i), 40, 160, 3), hex(0x2d2450).mul(1.1-.25*float64(i)), .55)
	}
	c.Fill(poly(150, 530, 1050, 530, 1240, 700, -40, 700), down(530, 700, hex(0x5b3523), hex(0xb0703d), hex(0x6e4026)), 1)
	for i := range 33 {
		x := 600 + (float64(i)-16)*28
		c.Line(hex(0x2a140c), .5, 1.6, x, 530, 600+(x-600)*1.42, 700)
	}
	c.Fill(rect(-5, 700, 1210, 60), down(700, 760, hex(0x3a1f16), hex(0x180b0a)), 1)
	for i := range 19 {
		x := 60 + 60*float64(i)
		c.Fill(ring(sector(x, 702, 17, 17, .5, 1)), hex(0xffe0a0), 1)
		c.Glow(x, 694, 70, hex(0xffc878), .4)
	}
	for _, b := range [][3]float64{{300, 600, .26}, {600, 604, .34}, {900, 600, .26}} {
		col := []RGB{hex(0xffd9a0), hex(0xfff2d0), hex(0xbfd0ff)}[int(b[0])/300-1]
		c.Beam(poly(b[0]-12, 80, b[0]+12, 80, 600+(b[0]-600)*.1+150, 610, 600+(b[0]-600)*.1-150, 610), col, b[2], 14)
	}
	c.GlowE(600, 612, 230, 52, hex(0xfff0cc), .8)
	c.Shade(ellipse(606, 618, 70, 12), hex(0x3a1e14), .8, 6)
	ch := hex(0x23120e)
	c.Fill(poly(556, 520, 642, 520, 650, 538, 550, 538).and(rect(554, 536, 9, 84), rect(638, 536, 9, 84), rect(568, 524, 7, 76), rect(626, 524, 7, 76), rect(560, 400, 8, 122), rect(632, 400, 8, 122), round(556, 396, 88, 30, 10), rect(560, 452, 80, 10)), ch, 1)
	c.Fill(stroke(3, points(556, 520, 642, 520)), hex(0xd79a58), .9)
	c.Fill(ellipse(590, 506, 27, 16).and(rect(582, 470, 10, 30)), hex(0x2f6a5c), 1)
	c.Fill(circle(588, 496, 5), hex(0xd8483a), 1)
	// Curtains: a fold is a turn of light across the cloth.
	cloth := func(xy func(y float64) (float64, float64), s float64) {
		for i := range 200 {
			u := float64(i) / 200
			v := u + 1.0/200
			f := .5 + .5*math.Sin(u*44+1.6*math.Sin(u*9))
			col := ramp(f*.85+.1*u, []RGB{hex(0x3d0710), hex(0x7d121c), hex(0xb8232a), hex(0xd94a3c)})
			var p, q []Pt
			for y := -10.0; y <= 700; y += 15 {
				a, b := xy(y)
				w := 5 * math.Sin(y/60+u*30) * smooth(200, 700, y)
				p = append(p, Pt{a + (b-a)*u + w, y})
				q = append([]Pt{{a + (b-a)*v + s*1.2 + w, y}}, q...)
			}
			c.Fill(ring(append(p, q...)), down(0, 700, col.mul(.62), col.mul(1.1), col.mul(.7)), 1)
		}
	}
	pull := func(y float64) float64 {
		if y < 420 {
			return 150 * math.Pow(math.Sin(math.Max(0, y)/420*math.Pi/2), 1.4)
		}
		return 150 - 40*smooth(420, 700, y)
	}
	c.Shade(rect(230, 0, 60, 600).and(rect(910, 0, 60, 600)), hex(0x100818), .7, 22)
	cloth(func(y float64) (float64, float64) { return -20, 400 - pull(y)*1.25 }, 1)
	cloth(func(y float64) (float64, float64) { return 1220, 800 + pull(y)*1.25 }, -1)
	for _, s := range []float64{-1, 1} {
		c.Fill(stroke(20, curve(points(600+s*620, 404, 600+s*500, 432, 600+s*388, 416))), hex(0xe2b352), 1)
		c.Fill(poly(600+s*392, 418, 600+s*372, 496, 600+s*412, 496), down(418, 500, hex(0xf3cc70), hex(0x9a6a24)), 1)
	}
	for i := range 9 {
		x := -20 + 138*float64(i)
		p := sector(x+69, 40, 84, 120, 0, .5)
		c.Fill(ring(append(p, Pt{x - 15, -20}, Pt{x + 153, -20})), radial(x+69, 20, 150, hex(0xc42d30), hex(0x8a151f), hex(0x4a0a12)), 1)
		for k := range 4 {
			c.Fill(stroke(3, sector(x+69, 10, 84-6*float64(k), 40+26*float64(k), .04, .46)), hex(0x3d0710), .4)
		}
		c.Fill(stroke(7, sector(x+69, 40, 84, 120, 0, .5)), hex(0xe2b352), 1)
	}
	for i := range 17 {
		for r := range 2 {
			f := float64(r)
			c.Fill(bust(20+74*float64(i)+37*f+c.r(-8, 8), 776+38*f+c.r(-6, 6), 62+8*f), hex(0x1a0a10).mul(1-.5*f), 1)
		}
	}
	c.Bloom(.78, 20, .3)
	c.Vignette(.35)
}

// choirHall is a bare hall with rows of singers before a great round window.
func choirHall(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), down(0, 600, hex(0xb9c0bd), hex(0xd3d3c8), hex(0x9d9f9a)), 1)
	k := Cam{X: 600, Y: 420, F: 640, Eye: 3}
	c.Fill(k.front(-8.5, 0, 8.5, 12, 14), radial(600, 230, 520, hex(0xe6e4d6), hex(0xc6c8c2), hex(0x9aa09f)), 1)
	for _, s := range []float64{-1, 1} {
		c.Fill(k.side(s*8.5, 0, 2, 12, 14), across(600+s*390, 600+s*700, hex(0xa5aaa8), hex(0x6d7678)), 1)
		for i := range 4 {
			z := 4 + 2.7*float64(i)
			c.Fill(k.side(s*8.45, 0, z, 12, z+.5), hex(0x7f8686), 1)
			c.Fill(k.side(s*8.4, 0, z+.5, 12, z+.62), hex(0x5d6668), .8)
		}
	}
	c.Fill(k.flat(-8.5, 12, 2, 8.5, 12, 2, 8.5, 12, 14, -8.5, 12, 14), hex(0x8d9392), 1)
	for z := 14.0; z > 3; z -= 1.8 {
		c.Fill(k.flat(-8.5, 12, z, 8.5, 12, z, 8.5, 11.3, z, -8.5, 11.3, z), hex(0x6f7777), 1)
	}
	c.Fill(k.floor(-8.5, 2, 8.5, 14, 0), down(556, 800, hex(0xb79a78), hex(0x6f5a48)), 1)
	for i := range 35 {
		x := -8.5 + .5*float64(i)
		c.Fill(k.line(.025, x, 0, 2, x, 0, 14), hex(0x4f3f34), .4)
	}
	// The window.
	c.Fill(circle(600, 216, 152), hex(0x757d7e), 1)
	c.Fill(circle(600, 216, 138), radial(600, 180, 190, hex(0xfffdf0), hex(0xfbefc9), hex(0xf0d49a)), 1)
	for i := range 12 {
		s, co := math.Sincos(float64(i) * math.Pi / 6)
		c.Line(hex(0x5d6567), 1, 4, 600+40*co, 216+40*s, 600+138*co, 216+138*s)
		c.Fill(stroke(3, sector(600+100*math.Cos(float64(i)*math.Pi/6+.26), 216+100*math.Sin(float64(i)*math.Pi/6+.26), 25, 25, 0, 1)), hex(0x5d6567), 1)
	}
	c.Fill(stroke(5, sector(600, 216, 40, 40, 0, 1)), hex(0x5d6567), 1)
	c.Beam(poly(480, 216, 720, 216, 900, 800, 220, 800), hex(0xfff2cc), .3, 40)
	c.GlowE(560, 730, 420, 80, hex(0xfff0c4), .5)
	for r := 3; r >= 0; r-- {
		f := float64(r)
		z := 9.8 + .95*f
		lift := .52 * f
		c.Fill(k.front(-6.4, 0, 6.4, lift, z), down(500, 640, hex(0x7a6a5a), hex(0x54483e)), 1)
		c.Fill(k.floor(-6.4, z, 6.4, z+.95, lift), hex(0xa08a70), 1)
		n := 17 + r%2
		for i := range n {
			x := (float64(i) - float64(n-1)/2) * .72
			p := k.at(x, lift, z+.3)
			h := k.F * c.r(1.62, 1.86) / (z + .3)
			col := hex(0x22282e).mix(hex(0xa9a79a), .09*f).mul(c.r(.85, 1.15))
			w := h * .17
			body := ring(curve(points(p.X-w*.5, p.Y-h*.84, p.X-w, p.Y-h*.76, p.X-w*1.05, p.Y-h*.4, p.X-w*1.15, p.Y, p.X+w*1.15, p.Y, p.X+w*1.05, p.Y-h*.4, p.X+w, p.Y-h*.76, p.X+w*.5, p.Y-h*.84)))
			c.Fill(body.and(ellipse(p.X, p.Y-h*.925, h*.06, h*.075), rect(p.X-h*.03, p.Y-h*.88, h*.06, h*.08)), col, 1)
			c.Fill(poly(p.X-w*.95, p.Y-h*.64, p.X, p.Y-h*.6, p.X+w*.95, p.Y-h*.64, p.X+w*.95, p.Y-h*.5, p.X, p.Y-h*.46, p.X-w*.95, p.Y-h*.5), []RGB{hex(0xa4322f), hex(0x8f2a2b)}[i%2].mix(hex(0xb9a59a), .1*f), 1)
			c.Fill(poly(p.X-w*.9, p.Y-h*.66, p.X, p.Y-h*.62, p.X+w*.9, p.Y-h*.66, p.X+w*.9, p.Y-h*.63, p.X, p.Y-h*.59, p.X-w*.9, p.Y-h*.63), hex(0xf6f0de), 1)
		}
	}
	// The one who leads stands with arms raised, from behind.
	x, y, h := 600.0, 768.0, 300.0
	c.Shade(ellipse(x, y+14, 130, 20), hex(0x4a3d34), .8, 10)
	c.Fill(rect(x-90, y-6, 180, 44), down(y, y+40, hex(0x6a5444), hex(0x3d3028)), 1)
	ink := hex(0x14181c)
	c.Fill(ellipse(x, y-h*.92, h*.06, h*.075).and(rect(x-9, y-h*.88, 18, 24), ring(curve(points(x-h*.07, y-h*.84, x-h*.14, y-h*.78, x-h*.12, y-h*.5, x-h*.12, y-h*.32, x+h*.12, y-h*.32, x+h*.12, y-h*.5, x+h*.14, y-h*.78, x+h*.07, y-h*.84))),
		rect(x-h*.09, y-h*.36, h*.075, h*.36), rect(x+h*.015, y-h*.36, h*.075, h*.36),
		taper(26, 15, curve(points(x-h*.12, y-h*.76, x-h*.3, y-h*.72, x-h*.38, y-h*.98))), taper(26, 15, curve(points(x+h*.12, y-h*.76, x+h*.3, y-h*.7, x+h*.4, y-h*.9)))), ink, 1)
	c.Line(hex(0xf8f2e0), 1, 3, x+h*.4, y-h*.91, x+h*.52, y-h*1.08)
	c.Bloom(.86, 24, .25)
	c.Vignette(.35)
}

// brassBand is horns and bells as large bright shapes.
func brassBand(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), radial(420, 300, 980, hex(0x1f6a55), hex(0x12493d), hex(0x0a2c28)), 1)
	c.Fill(poly(-10, 820, 420, -10, 640, -10, 210, 820), hex(0x2a7a62), .35)
	c.Fill(poly(760, 820, 1130, -10, 1230, -10, 1230, 820), hex(0x0a2b27), .45)
	gold := []RGB{hex(0x6a3d12), hex(0xc48426), hex(0xf6cf62), hex(0xfff3bc), hex(0xe3a93c), hex(0x8c5418)}
	tube := func(w float64, l []Pt) {
		c.Shade(stroke(w, l).shift(12, 16), hex(0x0a1f1c), .6, 10)
		for i, t := range []float64{1, .84, .66, .5, .34, .18} {
			c.Fill(stroke(w*t, l).shift(-w*.07*float64(i)*.8, -w*.09*float64(i)*.8), []RGB{hex(0x6a3d12), hex(0xa8691e), hex(0xcf9430), hex(0xe6b547), hex(0xf6d676), hex(0xfff0b4)}[i], 1)
		}
	}
	bell := func(x, y, r, sq, turn float64) {
		c.Shade(ellipse(x+14, y+22, r*sq, r).turn(x, y, turn), hex(0x0a1f1c), .7, 16)
		sh := PaintFunc(func(px, py float64) RGB {
			a := math.Atan2(py-y, px-x)
			d := math.Hypot(px-x, py-y) / r
			return ramp(.5+.5*math.Sin(a*2-.6+d*1.4), gold).mul(.72 + .36*d)
		})
		c.Fill(ellipse(x, y, r*sq, r).turn(x, y, turn), hex(0xffefb0), 1)
		c.Fill(ellipse(x, y, r*sq*.965, r*.965).turn(x, y, turn), sh, 1)
		c.Soft(ellipse(x, y, r*sq*.56, r*.56).turn(x, y, turn), hex(0x7a4714), .8, r*.07)
		c.Soft(ellipse(x, y, r*sq*.34, r*.34).turn(x, y, turn), hex(0x2b1508), .95, r*.05)
	}
	// Tuba: coils under a great bell.
	tube(70, sector(250, 610, 196, 176, .02, 1.01))
	tube(80, curve(points(446, 610, 440, 480, 390, 380, 330, 280)))
	tube(38, sector(236, 616, 96, 84, 0, .999))
	tube(24, curve(points(330, 610, 380, 630, 430, 640, 500, 640)))
	for i := range 3 {
		x := 400 + 46*float64(i)
		tube(32, points(x, 560, x, 690))
		c.Fill(rect(x-5, 516, 10, 44), hex(0xf2e6c4), 1)
		c.Fill(ellipse(x, 516, 17, 7), hex(0xfff7dc), 1)
	}
	bell(300, 240, 236, .97, 0)
	// Trombone: a long slide aslant.
	tube(17, points(560, 790, 1180, 150))
	tube(17, points(516, 748, 1136, 108))
	tube(17, sector(1158, 129, 31, 31, .62, 1.13))
	tube(19, curve(points(640, 690, 560, 720, 520, 790, 470, 840)))
	// Cornet in front, its bell to the right.
	tube(27, curve(points(660, 470, 780, 470, 900, 470, 980, 452)))
	tube(22, append(sector(730, 520, 60, 50, .25, .75), append(points(840, 470), sector(880, 520, 60, 50, .75, 1.25)...)...))
	tube(22, points(730, 570, 880, 570))
	for i := range 3 {
		x := 768 + 42*float64(i)
		tube(34, points(x, 440, x, 606))
		c.Fill(rect(x-4, 404, 8, 34), hex(0xf2e6c4), 1)
		c.Fill(ellipse(x, 404, 15, 6), hex(0xc63f33), 1)
	}
	c.Fill(poly(656, 462, 656, 478, 628, 486, 628, 454), hex(0xe6b547), 1)
	for i := range 26 {
		t := float64(i) / 25
		w := 14 + 92*math.Pow(t, 3.2)
		x := 960 + 104*t
		c.Fill(ellipse(x, 455-10*t, 8, w).turn(x, 455, -.12), ramp(t, []RGB{hex(0xe6b547), hex(0xc98a2c), hex(0x94591b)}), 1)
	}
	bell(1070, 442, 116, .5, -.12)
	bell(938, 690, 96, .95, 0)
	for range 12 {
		x, y := c.r(40, 1160), c.r(30, 770)
		c.Glow(x, y, c.r(20, 60), hex(0xfff0b0), .25)
	}
	for _, p := range [][2]float64{{178, 128}, {420, 420}, {1046, 350}, {812, 446}, {900, 630}} {
		c.Glow(p[0], p[1], 74, hex(0xfffbe0), .85)
		c.Fill(poly(p[0]-26, p[1], p[0], p[1]-2.4, p[0]+26, p[1], p[0], p[1]+2.4).and(poly(p[0], p[1]-26, p[0]+2.4, p[1], p[0], p[1]+26, p[0]-2.4, p[1])), hex(0xfffdf0), .95)
	}
	c.Vignette(.3)
}

// libraryShelves is tall shelves of coloured books with a ladder and a lamp.
func libraryShelves(c *Canvas) {
	c.Fill(rect(-5, -5, 1210, 810), hex(0x2a1a14), 1)
	wood := hex(0x6b432a)
	cols := []RGB{hex(0x8c2f2b), hex(0x24584c), hex(0x2f4770), hex(0xb98a36), hex(0x5e3a55), hex(0xcab78e), hex(0x3f6b78), hex(0xa65a34), hex(0x556b3a), hex(0x7d2238)}
	light := func(x, y float64) float64 {
		return .34 + .86*math.Exp(-math.Pow(math.Hypot((x-760)/560, (y-430)/460), 2))
	}
	for b := range 4 {
		x0 := 14 + 300*float64(b)
		c.Fill(rect(x0-14, -5, 300, 810), hex(0x1c110d), 1)
		for j := range 6 {
			y := 122 + 134*float64(j)
			x := x0 + 4
			for x < x0+266 {
				w, h := c.r(11, 27), c.r(82, 112)
				if x+w > x0+272 {
					break
				}
				k := light(x, y-50)
				col := cols[c.rnd.IntN(10)].mul(c.r(.8, 1.15))
				book := rect(x, y-h, w-1, h)
				tilt := c.r(0, 1) < .05 && x < x0+230
				if tilt {
					book = book.turn(x, y, .13)
				}
				c.Fill(book, across(x, x+w, col.mul(k*.8), col.mul(k*1.2), col.mul(k*.6)), 1)
				if c.r(0, 1) < .6 && !tilt {
					g := hex(0xe8c87a).mul(math.Min(1.1, k*1.1))
					c.Fill(rect(x+2, y-h*.86, w-5, 2.4).and(rect(x+2, y-h*.8, w-5, 1.4), rect(x+2, y-h*.18, w-5, 2.4)), g, .9)
					if w > 18 {
						c.Fill(rect(x+4, y-h*.66, w-9, 13), g.mul(.8), .6)
					}
				}
				x += w
				if tilt {
					x += 14
				}
				if c.r(0, 1) < .035 {
					x += c.r(18, 44)
				}
			}
			k := light(x0+140, y)
			c.Fill(rect(x0-10, y, 292, 13), down(y, y+13, wood.mul(k*1.5), wood.mul(k*.6)), 1)
			c.Shade(rect(x0-10, y+13, 292, 22), hex(0x201008), .55, 6)
		}
		for _, d := range []float64{-16, 276} {
			c.Fill(rect(x0+d, -5, 15, 810), across(x0+d, x0+d+15, wood.mul(light(x0, 400)*1.2), wood.mul(light(x0, 400)*.5)), 1)
		}
	}
	c.Fill(rect(-5, -5, 1210, 22), hex(0x4a2c1a), 1)
	c.Line(hex(0xd3a95c), 1, 6, 0, 30, 1200, 30)
	// The ladder leans before the third case.
	for _, d := range []float64{0, 118} {
		c.Shade(stroke(13, points(520+d+14, 26, 452+d+26, 800)), hex(0x140a06), .7, 8)
		c.Fill(stroke(13, points(520+d, 26, 452+d, 810)), across(450+d, 530+d, hex(0xb98450), hex(0xdba868)), 1)
		c.Fill(circle(520+d, 30, 13), hex(0xe6c06c), 1)
	}
	for i := range 11 {
		t := (float64(i) + .6) / 11
		x := 520 - 68*t
		y := 26 + 784*t
		c.Fill(rect(x, y, 118, 10), down(y, y+10, hex(0xe3b274), hex(0x7d5230)), 1)
	}
	// A reading table with a green lamp.
	c.Fill(rect(640, 700, 580, 24), down(700, 724, hex(0xc98a4e), hex(0x5a3420)), 1)
	c.Fill(rect(640, 724, 580, 80), hex(0x2a170f), 1)
	c.Fill(taper(10, 9, points(860, 700, 860, 596)).and(ellipse(860, 698, 46, 9)), hex(0xd3a64c), 1)
	c.Fill(ring(append(sector(860, 600, 92, 48, .5, 1), Pt{952, 606}, Pt{768, 606})), down(550, 606, hex(0x2f9a6c), hex(0x11523c)), 1)
	c.Fill(rect(772, 604, 176, 6), hex(0xfff3c8), 1)
	c.Beam(poly(780, 608, 940, 608, 1050, 704, 670, 704), hex(0xffe2a0), .6, 12)
	c.Glow(860, 620, 420, hex(0xffd488), .5)
	c.Fill(poly(960, 698, 1040, 680, 1046, 690, 1130, 676, 1136, 696, 1046, 706, 960, 708), hex(0xf8efd8), 1)
	for i := range 4 {
		c.Fill(round(690+3*float64(i%2), 682-17*float64(i), 92, 16, 3), cols[(i*3+1)%10], 1)
	}
	c.Vignette(.42)
}
