//! A list of given names, common ones of many countries. Asked by the detector of names, for every two words with
//! capitals: so most words are told from those of the list by a bit.

use crate::bits::Bits;
use std::collections::HashSet;
use std::sync::LazyLock;

/// The names, and the bits of their hashes.
struct Given {
    names: HashSet<&'static [u8]>,
    bits: Bits<{ BITS / 64 }>,
}

/// Bits, about ten for each name.
const BITS: usize = 1 << 14;

static GIVEN: LazyLock<Given> = LazyLock::new(|| {
    let names: HashSet<_> = NAMES.split_ascii_whitespace().map(str::as_bytes).collect();
    let mut bits = Bits::default();
    names.iter().for_each(|name| bits.add(hash(name)));
    Given { names, bits }
});

/// The first four bytes, the last four and the length, mixed.
fn hash(word: &[u8]) -> usize {
    let end = |bytes: Option<&[u8; 4]>| bytes.map_or(0, |bytes| u32::from_le_bytes(*bytes));
    let short = || word.iter().fold(0, |all, byte| all << 8 | u32::from(*byte));
    let first = if word.len() < 4 { short() } else { end(word.first_chunk()) };
    let mixed = first.wrapping_mul(0x9E37_79B1) ^ end(word.last_chunk()).wrapping_mul(0x85EB_CA6B);
    let mixed = (mixed ^ word.len() as u32).wrapping_mul(0xC2B2_AE35);
    (mixed >> 18) as usize % BITS
}

/// Whether `word` is a given name we know, written with a capital.
pub(super) fn is_given(word: &[u8]) -> bool {
    let given = &*GIVEN;
    given.bits.has(hash(word)) && given.names.contains(word)
}

const NAMES: &str = "James John Robert Michael William David Richard Joseph Thomas Charles Christopher Daniel Matthew Anthony Mark Donald Steven Paul Andrew Joshua \
Kenneth Kevin Brian George Timothy Ronald Edward Jason Jeffrey Ryan Jacob Gary Nicholas Eric Jonathan Stephen Larry Justin Scott Brandon Benjamin Samuel Gregory \
Alexander Patrick Frank Raymond Jack Dennis Jerry Tyler Aaron Jose Adam Nathan Henry Zachary Douglas Peter Kyle Noah Ethan Jeremy Walter Christian Keith Roger Terry \
Austin Sean Gerald Carl Harold Dylan Arthur Lawrence Jordan Jesse Bryan Billy Bruce Gabriel Joe Logan Alan Juan Albert Willie Elijah Wayne Randy Vincent Mason Roy Ralph \
Bobby Russell Bradley Philip Eugene Liam Oliver Lucas Theo Leo Oscar Max Felix Hugo Victor Simon Martin Ian Colin Graham Neil Stuart Duncan Callum Owen Rhys \
Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Sarah Karen Lisa Nancy Betty Sandra Margaret Ashley Kimberly Emily Donna Michelle Carol Amanda Melissa \
Deborah Stephanie Dorothy Rebecca Sharon Laura Cynthia Amy Kathleen Angela Shirley Brenda Emma Anna Pamela Nicole Samantha Katherine Christine Helen Debra Rachel \
Carolyn Janet Maria Catherine Heather Diane Olivia Julie Joyce Victoria Ruth Virginia Lauren Kelly Christina Joan Evelyn Judith Andrea Hannah Cheryl Megan Jacqueline \
Martha Madison Teresa Gloria Sara Janice Ann Kathryn Abigail Sophia Frances Jean Alice Judy Isabella Julia Grace Amber Denise Danielle Marilyn Beverly Charlotte Natalie \
Theresa Diana Brittany Doris Kayla Alexis Lori Marie Claire Fiona Chloe Zoe Lucy Jane Eleanor Imogen Niamh Siobhan Nora Ella Ava Mia Amelia Isla \
Hans Peter Klaus Jürgen Wolfgang Dieter Uwe Stefan Andreas Matthias Michael Markus Jens Jan Lars Sven Torsten Ralf Bernd Heinz Günter Werner Horst Karl Fritz Otto Jonas \
Lukas Leon Finn Paul Moritz Tobias Florian Sebastian Dominik Fabian Philipp Ursula Monika Petra Sabine Renate Helga Ingrid Karin Brigitte Gisela Christa Heike Susanne \
Claudia Birgit Andrea Anja Katrin Silke Tanja Nadine Lena Lea Leonie Johanna Greta Frieda Katharina Franziska Anke Jutta Kerstin Ulrike \
Jean Pierre Michel André Philippe Alain Bernard Jacques Daniel Claude Christophe Nicolas Julien Antoine Guillaume Mathieu Romain Thierry Laurent Olivier Pascal Benoît \
François Louis Luc Marc Henri Camille Marie Nathalie Isabelle Sylvie Françoise Monique Martine Nicole Véronique Sophie Céline Aurélie Julie Manon Léa Chloé Inès Élodie Amélie \
Antonio José Manuel Francisco Juan David Javier Daniel Carlos Jesús Alejandro Miguel Rafael Pedro Pablo Ángel Sergio Fernando Jorge Luis Alberto Álvaro Diego Adrián Raúl \
Enrique Ramón Vicente Andrés Rubén Iván Óscar Marcos Joaquín Santiago Mateo Carmen Josefa Isabel Dolores Pilar Teresa Ana Francisca Cristina Lucía Marta Elena Paula Rosa \
Mercedes Raquel Sofía Beatriz Silvia Irene Alba Inés Rocío Nuria Montserrat Guadalupe Valentina Camila Ximena Fernanda Gabriela Daniela \
Giuseppe Giovanni Antonio Mario Luigi Francesco Angelo Vincenzo Pietro Salvatore Carlo Franco Domenico Bruno Paolo Marco Andrea Luca Matteo Lorenzo Alessandro Davide Stefano \
Simone Giulia Francesca Chiara Federica Sara Martina Elisa Alessia Giorgia Valeria Elena Paola Roberta Silvia Giovanna Caterina Lucia Antonella \
João António Tiago Rui Nuno Paulo Ricardo Gonçalo Mariana Inês Catarina Beatriz Joana Rita Leonor Thiago Gustavo Felipe Rodrigo Leandro Marcelo Larissa Juliana Letícia \
Jan Johannes Willem Hendrik Cornelis Pieter Dirk Kees Joost Bram Daan Sem Lars Thijs Sanne Anouk Femke Lotte Fleur Marieke Ingrid \
Piotr Krzysztof Andrzej Tomasz Paweł Jan Michał Marcin Jakub Adam Łukasz Agnieszka Małgorzata Katarzyna Ewa Krystyna Joanna Magdalena Zofia Aleksandra Marek Jerzy \
Ivan Dmitri Sergei Alexei Nikolai Vladimir Mikhail Andrei Pavel Igor Oleg Boris Yuri Olga Natasha Svetlana Irina Tatiana Anastasia Ekaterina Elena Oksana Marina Nadia Larisa \
Erik Lars Anders Johan Magnus Mikael Björn Olof Karin Astrid Ingrid Freja Sigrid Elin Maja Linnea Mads Søren Jørgen Kirsten Henrik Kari Aino Mikko Jukka Pekka \
Mohammed Muhammad Ahmed Ali Omar Hassan Hussein Ibrahim Yusuf Khalid Mustafa Mahmoud Karim Tariq Bilal Fatima Aisha Khadija Zainab Maryam Amina Layla Leila Noor Yasmin Hana Salma \
Mehmet Mustafa Ahmet Ayşe Fatma Emine Zeynep Elif Murat Emre Can Deniz Cem Ebru \
Raj Rahul Amit Arjun Vijay Sanjay Rajesh Suresh Ramesh Anil Sunil Vikram Rohan Karan Aditya Ravi Priya Anjali Pooja Neha Deepa Sunita Kavita Lakshmi Divya Shreya Ananya Meera Nisha Rani \
Wei Ming Chen Li Jing Yan Xin Hui Mei Ling Feng Jun Lei Yang Hao Tao Bo Xiao Hiroshi Takashi Kenji Akira Satoshi Yuki Haruto Ren Sota Yuto Sakura Yui Aoi Hina Keiko Yoko Naomi Emi \
Min Ji Hyun Seung Jae Sung Young Eun Soo Nguyen Minh Anh Linh Thanh Huong Lan Tuan Duc Hoa Thu \
Kwame Kofi Chidi Emeka Ngozi Chinedu Oluwaseun Adebayo Amara Zuri Thabo Sipho Nomsa Wanjiru Njeri Otieno Abebe Tesfaye Chioma Ifeoma Marcus Robin Chris Alex Sam Pat Lee Kim Dana Jamie Casey Morgan Taylor Avery";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_the_list_are_known_and_no_others() {
        for name in NAMES.split_ascii_whitespace() {
            assert!(is_given(name.as_bytes()), "{name}");
        }
        for word in ["", "B", "Bp", "New", "elena", "Elen", "Elenas", "Committee"] {
            assert!(!is_given(word.as_bytes()), "{word}");
        }
    }
}
