// Words of titles that keep their capital in the middle of a sentence: people, places and organisms, as FY2026 has them.

const names = new Set(
  (
    'Achilles Acinetobacter Addisonian African Alagille Alexander Alpers Alport American ' +
    'Anderson Angelman Argyll Arthus Asian Australian Babesia Bacillus Bacteroides Baker ' +
    'Balkan Balo Barth Bartholin Becker Bence Bordetella Boston Brazilian Brucella Brugia ' +
    'Burkitt Burkitt-type California Campylobacter Canavan Castleman Chlamydia Clostridium ' +
    'Colles Colorado Cori Cowden Crohn Devic Dieulafoy Down Dravet Duchenne Duffy Dupuytren ' +
    'Eastern Ebola Echinococcus Edwards Ehrlichia Enterobacterales Enterococcus Escherichia ' +
    'European Eustachian Evans Fabry Fallot Fanconi Felty Fontan Fontan-associated Forestier ' +
    'Fournier Friedreich Galeazzi Gaucher German Gierke Gilbert Glasgow Gram-negative Grover ' +
    'Gulf Helicobacter Hemophilus Hodgkin Huntington Hurst Jaccoud Janus Japanese Jones Junin ' +
    'Kabuki Kaposi Kawasaki Kienbock Klebsiella Kleefstra Klinefelter Krabbe Kyasanur Lafora ' +
    'Langerhans Langerhans-cell Lassa Legionnaires Lequesne Lewy Louis Luschka Lyell Lyme ' +
    'Machupo Magendie Marburg Marfan Mauclaire Meibomian Merkel Mollaret Monteggia Morquio ' +
    'Mycoplasma Nile Non-Hodgkin Noonan Norwalk Oddi Ogilvie Omsk Oropouche Parkinson Pasini ' +
    'Patau Pierini Plasmodium Pompe Pontiac Portuguese Pott Powassan Proteus Pseudomonas ' +
    'Quervain Rett Rh Rho Rickettsia Rieger Rift Rocio Rocky Ross Russian Salmonella Sandhoff ' +
    'Sanfilippo Schistosoma Serratia Sezary Shiga Shigella Sjogren Smith Staphylococcus ' +
    'Streptococcus Sylvius Takayasu Tietze Tourette Turner Usher Vater Venezuelan Vibrio ' +
    'Waldenstrom West Western Willebrand Williams Wuchereria Yersinia Zellweger Zellweger- ' +
    'like Zika'
  ).split(' '),
);

/**
 * A title, or a part of one, in the middle of a sentence: its first letter small unless it begins a name, an abbreviation
 * (`AIDS`) or a word with an apostrophe (`Crohn's`).
 */
export function inSentence(text: string): string {
  const [first = ''] = /^[^\s,]+/.exec(text) ?? [];
  const isName = /[’']/.test(first) || /[A-Z0-9].*[A-Z0-9]/.test(first) || names.has(first);
  return isName || first.length === 1 ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
